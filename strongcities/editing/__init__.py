"""How staff bring records from draft to published.

It stands on `staff`, which says who may do what, and knows no app by name: `records.register()`,
`checks.checked_by()` and `reports.offer()` are how `members` and `journeys` bring their records,
checks and reports here. Its modules, in the order in which they build on each other:

- what a record says: `records`, `contents`, `labels`, `differences`
- what it said: `history`
- before it is stored: `preview`, `checks`, `dates`
- two people at once: `locks`, and what `differences` joins
- pictures: `picture_files`, which are still named
- what waits: `proposals`, `dashboard`, `reports`, `export`
- on screen: `site`, every page of the admin; `admin`, from whose mixins every record's is made
"""
