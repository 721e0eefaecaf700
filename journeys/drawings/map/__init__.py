"""Journeys in, a transit map out: lanes, elastic months, stops, interchanges, labels and flags.

A journey is a line, a milestone a stop, an event that several cities took part in an interchange.
Everything comes out as coordinates and ready words; a template draws them. Nothing here knows
Django. Order and month of a stop are exact on the map, distances are not.

``model`` holds the records that go in, ``drawing`` those that come out. ``crossings`` finds where
lines meet, ``arrange`` puts them in order. ``months`` lays out the axis,
``routes`` draws the lines, ``labels`` and ``flags`` place the words, ``build`` does all of it in
turn. ``strip`` tells the same as rows of a list, for narrow screens.
"""

from journeys.drawings.map.arrange import arrange
from journeys.drawings.map.build import build_map
from journeys.drawings.map.drawing import Drawing
from journeys.drawings.map.model import Event, Initiative, Journey, Region, Stop, Words
from journeys.drawings.map.strip import Strip, build_strip
