"""The API: the rows of files page by page, for programs that ask again and again."""
