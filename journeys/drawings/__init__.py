"""Drawings of journeys: plain records in, numbers out; nothing here knows Django."""
