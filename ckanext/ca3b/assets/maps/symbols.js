/* Shapes, patterns and pictograms, drawn to canvases: no sprite, no font, nothing asked elsewhere.
   Names of images: « ca3b|shape|<shape>|<colour> » and « ca3b|pattern|<pattern> », made when the map asks for them. */
(function (M) {
  "use strict";

  const SIDE = 22;
  const RATIO = 2;
  const TAU = Math.PI * 2;

  function corners(number, first, radius) {
    return Array.from({ length: number }, (_, index) => {
      const angle = first + (TAU * index) / number;
      const far = typeof radius === "function" ? radius(index) : radius;
      return [Math.cos(angle) * far, Math.sin(angle) * far];
    });
  }

  const OUTLINES = {
    square: corners(4, Math.PI / 4, 9.5),
    triangle: corners(3, -Math.PI / 2, 9.5),
    diamond: corners(4, -Math.PI / 2, 9.5),
    hexagon: corners(6, 0, 8.5),
    star: corners(10, -Math.PI / 2, (index) => (index % 2 ? 4 : 10)),
    cross: [[-3, -9], [3, -9], [3, -3], [9, -3], [9, 3], [3, 3], [3, 9], [-3, 9], [-3, 3], [-9, 3], [-9, -3], [-3, -3]],
  };

  /* Pictograms by code: SVG paths in a square of 15 × 15 units, as carte.json gives them. */
  M.ICONS = {};

  function canvas(side, ratio) {
    const made = document.createElement("canvas");
    made.width = made.height = side * ratio;
    const pen = made.getContext("2d");
    pen.scale(ratio, ratio);
    return [made, pen];
  }

  /* Draws a shape centred at (x, y); `size` 1 is 22 pixels across. */
  M.drawShape = function (pen, shape, color, x, y, size) {
    pen.save();
    pen.translate(x, y);
    pen.scale(size, size);
    pen.beginPath();
    const outline = OUTLINES[shape];
    const icon = M.ICONS[shape];
    if (outline) { outline.forEach(([a, b], index) => (index ? pen.lineTo(a, b) : pen.moveTo(a, b))); pen.closePath(); }
    else { pen.arc(0, 0, icon ? 10 : 7.5, 0, TAU); }
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    pen.strokeStyle = M.PAPER;
    pen.stroke();
    pen.fillStyle = color;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = M.INK;
    pen.stroke();
    if (icon) {
      pen.scale(0.87, 0.87);
      pen.translate(-7.5, -7.5);
      pen.fillStyle = M.PAPER;
      pen.fill(new Path2D(icon));
    }
    pen.restore();
  };

  /* Draws a pattern over a square of `side` pixels. */
  M.drawPattern = function (pen, pattern, side) {
    pen.save();
    pen.strokeStyle = pen.fillStyle = "rgba(27,31,42,.75)";
    pen.lineWidth = 1.25;
    pen.beginPath();
    const line = (...points) => { pen.moveTo(points[0], points[1]); pen.lineTo(points[2], points[3]); };
    for (let at = 0; at <= side; at += 8) {
      if (pattern === "horizontal" || pattern === "grid") { line(0, at + 4, side, at + 4); }
      if (pattern === "vertical" || pattern === "grid") { line(at + 4, 0, at + 4, side); }
    }
    for (let at = -side; at <= side; at += 8) {
      if (pattern === "slash") { line(at - 1, side + 1, at + side + 1, -1); }
      if (pattern === "backslash") { line(at - 1, -1, at + side + 1, side + 1); }
    }
    pen.stroke();
    if (pattern === "dots") {
      for (let x = 4; x < side; x += 8) {
        for (let y = 4; y < side; y += 8) { pen.beginPath(); pen.arc(x, y, 1.6, 0, TAU); pen.fill(); }
      }
    }
    pen.restore();
  };

  function image(name) {
    const [mine, kind, what, color] = name.split("|");
    if (mine !== "ca3b") { return null; }
    const side = kind === "pattern" ? 16 : SIDE + 2;
    const [made, pen] = canvas(side, RATIO);
    if (kind === "pattern") { M.drawPattern(pen, what, side); }
    else { M.drawShape(pen, what, color, side / 2, side / 2, 1); }
    return pen.getImageData(0, 0, made.width, made.height);
  }

  M.shapeName = (shape, color) => "ca3b|shape|" + shape + "|" + color;
  M.patternName = (pattern) => "ca3b|pattern|" + pattern;

  /* Gives the map each image of ours it misses. An unknown name (of a base map's style) becomes one empty pixel. */
  M.giveImages = function (map) {
    map.on("styleimagemissing", (event) => {
      if (map.hasImage(event.id)) { return; }
      map.addImage(event.id, image(event.id) || { width: 1, height: 1, data: new Uint8Array(4) }, { pixelRatio: RATIO });
    });
  };

  /* The sign of an item, drawn on `pen` in a box of 30 × 20 pixels at (x, y): the legend and the picture use it. */
  M.drawSign = function (pen, item, entry, x, y) {
    const single = entry.scale.kind === "single";
    pen.save();
    pen.translate(x, y);
    if (item.swatch) {
      pen.fillStyle = item.color;
      pen.fillRect(2, 3, 26, 14);
      pen.lineWidth = 1;
      pen.strokeStyle = M.INK;
      pen.strokeRect(2, 3, 26, 14);
    } else if (entry.kinds.includes("polygon")) {
      pen.translate(1, 2);
      pen.beginPath();
      pen.rect(0, 0, 28, 16);
      pen.clip();
      pen.fillStyle = M.PAPER;
      pen.fillRect(0, 0, 28, 16);
      pen.globalAlpha = M.strength(entry.scale);
      pen.fillStyle = item.color;
      pen.fillRect(0, 0, 28, 16);
      pen.globalAlpha = 1;
      if (entry.style.patterns && !single) { M.drawPattern(pen, item.pattern, 32); }
      pen.lineWidth = 2;
      pen.strokeStyle = single ? item.color : M.INK;
      pen.strokeRect(0, 0, 28, 16);
    } else if (entry.kinds.includes("line")) {
      const stroke = (color, width, dash) => {
        pen.beginPath();
        pen.strokeStyle = color;
        pen.lineWidth = width;
        pen.setLineDash(dash);
        pen.moveTo(1, 10);
        pen.lineTo(29, 10);
        pen.stroke();
      };
      stroke(M.INK, 5, []);
      stroke(item.color, 3, item.dash[1] ? item.dash.map((part) => part * 3) : []);
    } else {
      M.drawShape(pen, item.shape, item.color, 15, 10, item.shape === "circle" ? item.radius / 8.5 : 0.85);
    }
    pen.restore();
  };
})(window.ca3bMap = window.ca3bMap || {});
