"""What the script of the maps needs to know of the portal: addresses, base maps, words. No domain rule."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.territory import helpers as territory

from . import config


def client() -> dict[str, Any]:
    """Return the option ``client`` of ``createMap`` (see assets/maps/create.js)."""
    return {
        "vendor": tk.h.url_for_static("/vendor/maplibre-gl/"),
        "outlines": tk.url_for("ca3b_communes.outlines"),
        "outlines_credit": territory.outlines_source(),
        "bases": config.base_maps(),
        "geocoder": config.geocoder(),
        "bbox": tk.h.ca3b_communes_bbox(),
        "words": _words() | _more_words() | _controls(),
    }


def icon_path(code: str | None) -> str | None:
    """Return the drawing of an icon of ``style.icon``: a filled SVG path in a square of 15 × 15 units."""
    if not code:
        return None
    try:
        from ckanext.ca3b.maps.describe.icons import icons  # noqa: PLC0415 - needs the extra « maps »
    except ImportError:
        return None
    found = icons().get(code)
    return found.path if found else None


def _words() -> dict[str, str]:
    """The words around the map. Sentences that count have two forms, chosen by the script."""
    return {
        "yes": tk._("yes"),
        "no": tk._("no"),
        "empty": tk._("(empty)"),
        "others": tk._("Other values"),
        "not_known": tk._("Not filled in"),
        "class": tk._("from {low} to less than {high}"),
        "class_last": tk._("from {low} to {high}"),
        "feature": tk._("Object no. {id}"),
        "layer": tk._("Layer"),
        "legend": tk._("Legend"),
        "settings": tk._("Map settings"),
        "colored_by": tk._("By: {name}"),
        "partial": tk._("A sample is shown while the whole map is being made."),
        "base": tk._("Background"),
        "base_plan_ign": tk._("IGN map"),
        "base_plan_ign_vector": tk._("IGN map (vector)"),
        "base_osm": tk._("OpenStreetMap"),
        "base_orthophotos": tk._("Aerial photographs"),
        "base_none": tk._("Outlines of the communes"),
        "base_failed": tk._(
            "The background does not answer: the outlines of the communes take its place. The data is all there."
        ),
        "opacity": tk._("Opacity"),
        "percent": tk._("{number} %"),
        "color_by": tk._("Colour by"),
        "one_color": tk._("A single colour"),
        "source_colors": tk._("Colours of the source"),
        "classes": tk._("Number of classes"),
        "method": tk._("How classes are cut"),
        "method_quantiles": tk._("As many objects in each"),
        "method_equal": tk._("Equal intervals"),
        "patterns": tk._("Add patterns to the colours"),
        "group_points": tk._("Group close points"),
        "filter": tk._("Filter"),
        "filter_by": tk._("Keep the objects by"),
        "keep_all": tk._("Tick all"),
        "keep_none": tk._("Untick all"),
        "box_on": tk._("Keep only what is in view"),
        "box_off": tk._("Remove this limit"),
        "box_kept": tk._("Only the objects of the dotted rectangle are kept."),
        "search": tk._("Search for a commune on the map"),
        "search_street": tk._("Search for a commune or an address on the map"),
        "search_hint": tk._("Find a commune"),
        "search_hint_street": tk._("Find a commune, a street"),
        "places": tk._("Places found"),
        "places_found_one": tk._("{number} place found. Use the arrows to choose."),
        "places_found_many": tk._("{number} places found. Use the arrows to choose."),
        "no_place": tk._("No place found."),
        "gone_to": tk._("The map shows {name}."),
    }


def _more_words() -> dict[str, str]:
    """The words of the popups, of the table, of sharing and of what goes wrong."""
    return {
        "more_facts_one": tk._("{number} other fact"),
        "more_facts_many": tk._("{number} other facts"),
        "no_facts": tk._("The file says nothing more of this object."),
        "one_of": tk._("{index} of {total} objects here."),
        "next": tk._("Next"),
        "chosen": tk._("Chosen: {name}."),
        "group_opened_one": tk._("The map comes closer to {number} object."),
        "group_opened_many": tk._("The map comes closer to {number} objects."),
        "nothing_here": tk._("Nothing under the cross."),
        "keyboard": tk._(
            "Arrows to move, + and − to zoom, Enter to read what is under the cross. Every object is in the table."
        ),
        "table_of": tk._("Table of the layer"),
        "table_caption": tk._("Objects in view on the map; the first column shows the object on the map."),
        "name": tk._("Object"),
        "in_view_one": tk._("{number} object in view"),
        "in_view_many": tk._("{number} objects in view"),
        "in_view_about_one": tk._("{number} object in view, perhaps more when zooming"),
        "in_view_about_many": tk._("{number} objects in view, perhaps more when zooming"),
        "more_rows": tk._("Show more rows"),
        "share_button": tk._("Share"),
        "picture_button": tk._("Save the picture"),
        "print_button": tk._("Print"),
        "share": tk._("Share this map"),
        "share_address": tk._("Address of the map as you see it"),
        "share_code": tk._("Code to put the map in another site"),
        "copy": tk._("Copy"),
        "copied": tk._("Copied."),
        "copy_by_hand": tk._("Copy the selected text with your keyboard."),
        "close": tk._("Close"),
        "picture_saved": tk._("The picture is in your downloads."),
        "progress": tk._("Making of the map"),
        "building": tk._("The map is being made ({percent} %). It will appear by itself."),
        "building_sampled": tk._("The whole map is being made ({percent} %). Here is a sample."),
        "data_failed": tk._("The data of “{name}” could not be read. Reload the page; if it lasts, tell us."),
        "failed": tk._("This file could not be drawn on a map."),
        "no_webgl": tk._("Your browser cannot draw the map. The table and the downloads say the same."),
    }


def _controls() -> dict[str, str]:
    """The words of MapLibre, by the names it gives them."""
    return {
        "Map.Title": tk._("Map"),
        "NavigationControl.ZoomIn": tk._("Zoom in"),
        "NavigationControl.ZoomOut": tk._("Zoom out"),
        "FullscreenControl.Enter": tk._("Full screen"),
        "FullscreenControl.Exit": tk._("Leave full screen"),
        "GeolocateControl.FindMyLocation": tk._("My position"),
        "GeolocateControl.LocationNotAvailable": tk._("Your position is not available"),
        "AttributionControl.ToggleAttribution": tk._("Show the sources"),
        "Marker.Title": tk._("Place found"),
        "Popup.Close": tk._("Close"),
        "ScaleControl.Meters": "m",
        "ScaleControl.Kilometers": "km",
        "CooperativeGesturesHandler.WindowsHelpText": tk._("Use Ctrl and the wheel to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": tk._("Use Ctrl and the wheel to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": tk._("Use two fingers to move the map"),
    }
