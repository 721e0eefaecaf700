"""How staff bring records from draft to published: who may do what, proposals, history, previews.

The only part of `strongcities` that owns tables. It knows no app by name: `records.keep()` is how
`members` and `journeys` bring their records here.
"""
