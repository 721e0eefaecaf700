"""What a page prints beyond one queryset: stops with their meetings, facets, passages."""
