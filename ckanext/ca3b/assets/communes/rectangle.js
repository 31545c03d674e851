/* A rectangle drawn on a map: ca3bMaps.rectangle(map, { box, drawn, armed }) once the map is loaded.
   box: [west, south, east, north] or null; drawn(box): the pointer was released; armed(yes): drawing is on or off.
   What it gives: arm() turns drawing on or off, set(box | null), armed(). */
(function (root) {
  "use strict";

  function shape(box) {
    if (!box) { return { type: "FeatureCollection", features: [] }; }
    var ring = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], [box[0], box[1]]];
    return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
  }

  root.ca3bMaps.rectangle = function (map, options) {
    var box = options.box || null;
    var armed = false;
    var corner = null;

    map.addSource("area", { type: "geojson", data: shape(box) });
    map.addLayer({ id: "area-fill", type: "fill", source: "area", paint: { "fill-color": "#14406b", "fill-opacity": 0.2 } });
    map.addLayer({ id: "area-line", type: "line", source: "area", paint: { "line-color": "#14406b", "line-width": 3 } });

    function set(next) {
      box = next;
      map.getSource("area").setData(shape(box));
    }

    function arm() {
      armed = !armed;
      options.armed(armed);
    }

    function begin(event) {
      if (!armed) { return; }
      event.preventDefault(); /* The map stays still while the rectangle grows. */
      corner = event.lngLat;
    }

    function extend(event) {
      if (!corner) { return; }
      var a = corner;
      var b = event.lngLat;
      set([Math.min(a.lng, b.lng), Math.min(a.lat, b.lat), Math.max(a.lng, b.lng), Math.max(a.lat, b.lat)]);
    }

    function finish() {
      if (!corner) { return; }
      corner = null;
      arm();
      if (box) { options.drawn(box); }
    }

    ["mousedown", "touchstart"].forEach(function (name) { map.on(name, begin); });
    ["mousemove", "touchmove"].forEach(function (name) { map.on(name, extend); });
    ["mouseup", "touchend"].forEach(function (name) { map.on(name, finish); });
    return { arm: arm, set: set, armed: function () { return armed; } };
  };
})(window);
