/* What the map of the search draws over the communes: the extents found, those chosen, the one shown. */
(function (root) {
  "use strict";

  var FOUND = "#a9d3ec"; /* with the outline of each, told apart from what is chosen by more than its colour */

  function collection(extents) {
    return {
      type: "FeatureCollection",
      features: extents.filter(function (one) { return one.geometry; }).map(function (one) {
        return { type: "Feature", properties: { rank: one.rank }, geometry: one.geometry };
      })
    };
  }

  function codes(extents) {
    var found = {};
    extents.forEach(function (one) { one.codes.forEach(function (code) { found[code] = true; }); });
    return Object.keys(found);
  }

  function among(list) { return ["in", ["get", "code"], ["literal", list]]; }

  /* map: loaded, with the source « communes ». Gives chosen(codes) and shown(extent | null). */
  root.ca3bMaps.extents = function (map, extents) {
    map.setPaintProperty("fill", "fill-color", ["case", among(codes(extents)), FOUND, "#ffffff"]);
    map.addSource("own", { type: "geojson", data: collection(extents) });
    map.addLayer({ id: "own-fill", type: "fill", source: "own", paint: { "fill-color": "#d55e00", "fill-opacity": 0.15 } });
    map.addLayer({ id: "own-line", type: "line", source: "own", paint: { "line-color": "#a34700", "line-width": 2, "line-dasharray": [2, 2] } });
    map.addLayer({ id: "shown-fill", type: "fill", source: "communes", filter: among([]), paint: { "fill-color": "#f0b429", "fill-opacity": 0.55 } });
    map.addLayer({ id: "shown-own", type: "fill", source: "own", filter: ["==", ["get", "rank"], -1], paint: { "fill-color": "#f0b429", "fill-opacity": 0.65 } });
    map.addLayer({ id: "chosen-line", type: "line", source: "communes", filter: among([]), paint: { "line-color": "#14406b", "line-width": 4 } });
    return {
      chosen: function (list) { map.setFilter("chosen-line", among(list)); },
      shown: function (one) {
        map.setFilter("shown-fill", one && one.everywhere ? ["has", "code"] : among(one ? one.codes : []));
        map.setFilter("shown-own", ["==", ["get", "rank"], one ? one.rank : -1]);
      }
    };
  };
})(window);
