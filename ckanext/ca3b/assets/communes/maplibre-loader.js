/* Brings MapLibre GL only where a map is shown, from our own server. Shared by the maps of the extension. */
(function (root) {
  "use strict";

  var loading = null;

  /* True when the browser can draw; without WebGL 2 the page keeps its drawing or its list. */
  function able() {
    var canvas = document.createElement("canvas");
    try {
      return Boolean(canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: false }));
    } catch (error) {
      return false;
    }
  }

  /* vendor: address of the folder, with its final slash. Returns a promise of the maplibregl object. */
  function load(vendor) {
    if (!loading) {
      loading = new Promise(function (resolve, reject) {
        var style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = vendor + "maplibre-gl.css";
        document.head.appendChild(style);
        var script = document.createElement("script");
        script.src = vendor + "maplibre-gl-csp.js";
        script.onload = function () {
          root.maplibregl.setWorkerUrl(vendor + "maplibre-gl-csp-worker.js");
          resolve(root.maplibregl);
        };
        script.onerror = reject;
        document.head.appendChild(script);
      });
    }
    return loading;
  }

  /* A style with the outlines alone: no tile, no font, no sprite, so nothing asked elsewhere. */
  function style(communes, fill) {
    return {
      version: 8,
      sources: { communes: { type: "geojson", data: communes } },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } },
        { id: "fill", type: "fill", source: "communes", paint: { "fill-color": fill, "fill-opacity": 0.9 } },
        { id: "line", type: "line", source: "communes", paint: { "line-color": "#4d5566", "line-width": 1 } }
      ]
    };
  }

  /* Smallest [west, south, east, north] around a feature collection. */
  function bounds(communes) {
    var box = [180, 90, -180, -90];
    function visit(coordinates) {
      if (typeof coordinates[0] === "number") {
        box = [
          Math.min(box[0], coordinates[0]), Math.min(box[1], coordinates[1]),
          Math.max(box[2], coordinates[0]), Math.max(box[3], coordinates[1])
        ];
      } else {
        coordinates.forEach(visit);
      }
    }
    communes.features.forEach(function (feature) { visit(feature.geometry.coordinates); });
    return box;
  }

  function locale(messages) {
    return {
      "Map.Title": messages.map,
      "NavigationControl.ZoomIn": messages.zoom_in,
      "NavigationControl.ZoomOut": messages.zoom_out,
      "Popup.Close": messages.close,
      "CooperativeGesturesHandler.WindowsHelpText": messages.cooperative_wheel,
      "CooperativeGesturesHandler.MacHelpText": messages.cooperative_wheel,
      "CooperativeGesturesHandler.MobileHelpText": messages.cooperative
    };
  }

  function outlines(url) {
    return fetch(url, { credentials: "same-origin" }).then(function (response) {
      if (!response.ok) { throw new Error(String(response.status)); }
      return response.json();
    });
  }

  root.ca3bMaps = { able: able, load: load, style: style, bounds: bounds, locale: locale, outlines: outlines };
})(window);
