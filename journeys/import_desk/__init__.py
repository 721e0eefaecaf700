"""A page that a member of staff brings: read, held against what is stored, taken, and undone.

Each of these goes on in steps, one a request, and notes in the database how far it has come. So a
page of thousands of cities needs no worker beside the portal, and goes on after a restart.
"""
