"""What a page prints beyond one queryset: stops with their events, facets, passages."""
