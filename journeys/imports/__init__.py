"""A Member Journeys page as text -> what is new and differs -> drafts and proposals; and back.

``read`` knows no Django; the command `import_journeys` and the admin go the same way after it.
"""
