/* Rectangles [west, south, east, north] in degrees. */
(function (M) {
  "use strict";

  M.boxOf = function (geometry) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const visit = (coordinates) => {
      if (typeof coordinates[0] !== "number") { coordinates.forEach(visit); return; }
      const [x, y] = coordinates;
      if (x < box[0]) { box[0] = x; }
      if (y < box[1]) { box[1] = y; }
      if (x > box[2]) { box[2] = x; }
      if (y > box[3]) { box[3] = y; }
    };
    if (geometry && geometry.type === "GeometryCollection") {
      return M.join(geometry.geometries.map(M.boxOf));
    }
    if (geometry && geometry.coordinates && geometry.coordinates.length) { visit(geometry.coordinates); }
    return box[0] === Infinity ? null : box;
  };

  /* The smallest rectangle around several; null when there is none. */
  M.join = function (boxes) {
    return boxes.filter(Boolean).reduce((all, box) => (all
      ? [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])]
      : box.slice()), null);
  };

  M.touch = (a, b) => Boolean(a && b) && a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

  M.viewBox = function (map) {
    const view = map.getBounds();
    return [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
  };

  M.ring = (box) => [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], [box[0], box[1]]];

  /* The world but the rectangle, to dim what is outside it. */
  M.around = (box) => ({
    type: "Feature", properties: {},
    geometry: { type: "Polygon", coordinates: [M.ring([-180, -85, 180, 85]), M.ring(box)] },
  });

  M.centre = (box) => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
})(window.ca3bMap = window.ca3bMap || {});
