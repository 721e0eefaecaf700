"""The directories of cities and of regional hubs."""

from django.shortcuts import render

from members.models import City, Region


def city_list(request):
    """Every city with a journey, by region and country."""
    cities = City.objects.published().for_directory()
    return render(request, "members/city_list.html", {"cities": cities})


def region_list(request):
    """The regional hubs."""
    regions = Region.objects.for_directory()
    return render(request, "members/region_list.html", {"regions": regions})
