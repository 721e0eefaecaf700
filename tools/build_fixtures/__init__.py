"""From the page's text and the curation beside it to the records of the fixtures."""
