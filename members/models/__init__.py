"""Who: the Network's regional hubs and its member cities.

Their pages tell of milestones, so the settings name them: ABSOLUTE_URL_OVERRIDES.
"""

from members.models.cities import City, CitySource, told_elsewhere
from members.models.regions import LineColour, Region
