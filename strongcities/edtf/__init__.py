"""Dates as text: what an editor types or a page prints, and the days it covers.

The notation is the Extended Date/Time Format of the Library of Congress, 4 February 2019, a
profile of ISO 8601-2: https://www.loc.gov/standards/datetime/. In the specification's wording:

    Level 0 is supported, without date and time and without the year 0000, and in addition the
    following features of level 1 are supported: seasons (21 to 24); qualification of a date
    (complete), ``?`` ``~`` ``%``; unspecified digit(s) from the right; extended interval with an
    open (``..``) or unknown (empty) start or end.

Years run from 0001 to 9999, the years that ``datetime.date`` can hold. Nothing here knows Django.

``reading`` parses EDTF, ``words`` describes a date to a reader and ``printed`` turns a date as a
page prints it into EDTF, with ``names`` of months and the ``sides`` of a range.
``refusals`` explains what has no reading, or two.
"""

from strongcities.edtf.printed import Printed, read_typed, read_with_note
from strongcities.edtf.reading import Certainty, Point, Precision, Reading, parse
from strongcities.edtf.refusals import EDTFError
from strongcities.edtf.words import describe
