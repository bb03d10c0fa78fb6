"""Addresses of the directory and of the rosters."""

from django.urls import path

from himaya.directory.views import keeping, roster, searching

app_name = "directory"
urlpatterns = [
    path("directory/", searching.index, name="index"),
    path("directory/services/<uuid:service_id>/", searching.show, name="service"),
    path("directory/services/<uuid:service_id>/confirm", searching.confirm, name="confirm"),
    path("directory/services/<uuid:service_id>/free", searching.free, name="free"),
    path("directory/services/<uuid:service_id>/edit", keeping.edit, name="edit"),
    path(
        "directory/services/<uuid:service_id>/places/<uuid:location_id>/hide",
        keeping.hide,
        name="hide",
    ),
    path("directory/organizations/", keeping.givers, name="organizations"),
    path("directory/organizations/new", keeping.add_giver, name="add_organization"),
    path("directory/organizations/<uuid:organization_id>/", keeping.giver, name="organization"),
    path("directory/organizations/<uuid:organization_id>/new", keeping.add, name="add"),
    path("roster/", roster.rosters, name="rosters"),
    path("roster/<uuid:desk_id>/", roster.roster, name="roster"),
    path("roster/<uuid:desk_id>/keep", roster.keep, name="keep_roster"),
    path("roster/<uuid:desk_id>/on", roster.put_on, name="put_on"),
    path("roster/<uuid:desk_id>/replace", roster.replace, name="replace"),
    path("roster/<uuid:desk_id>/<uuid:shift_id>/off", roster.take_off, name="take_off"),
]
