/* Picks the figure that fits the screen and gives it the colours of the theme.
   The app asks for it through Dash; in a plain file this script draws the charts itself. */
(function () {
  "use strict";

  var NARROW = 480; // Pixels of a chart's own place; the style sheet has the same number.
  var dark = null;

  function darkColours() {
    if (dark === null) {
      var element = document.getElementById("dark-colours");
      dark = element ? JSON.parse(element.textContent) : {};
    }
    return dark;
  }

  /* Returns a copy with every light colour of the site replaced by its dark one. */
  function darkened(value) {
    if (Array.isArray(value)) {
      return value.map(darkened);
    }
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = darkened(value[key]);
      });
      return copy;
    }
    if (typeof value === "string" && value.indexOf("#") !== -1) {
      return value.replace(/#[0-9a-f]{6}/gi, function (colour) {
        return darkColours()[colour.toLowerCase()] || colour;
      });
    }
    return value;
  }

  /* The place of the chart counts, not the screen: beside another one it is narrow. */
  function isNarrow(element) {
    var canvas = element && element.closest(".chart__canvas");
    // What is folded away may have no width yet.
    return ((canvas && canvas.clientWidth) || window.innerWidth) < NARROW;
  }

  function pick(figures, element) {
    var figure = isNarrow(element) ? figures.narrow : figures.wide;
    var theme = window.monitorTheme.current();
    document.documentElement.dataset.drawn = theme; // The print style sheet asks for it.
    return theme === "dark" ? darkened(figure) : figure;
  }

  function drawFile() {
    document.querySelectorAll("script[data-figures]").forEach(function (script) {
      var place = document.getElementById(script.dataset.figures);
      var given = JSON.parse(script.textContent);
      var figure = pick(given, place);
      // Plotly changes what it is given; each drawing gets a copy of its own.
      window.Plotly.react(place, figure.data, figure.layout, given.config);
    });
  }

  function redraw() {
    if (document.querySelector("script[data-figures]")) {
      drawFile();
    } else if (window.dash_clientside && window.dash_clientside.set_props) {
      window.dash_clientside.set_props("screen", { data: { at: Date.now() } });
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.monitor = Object.assign({}, window.dash_clientside.monitor, {
    draw: function (figures) {
      var id = window.dash_clientside.callback_context.outputs_list.id;
      var element = document.getElementById(JSON.stringify(id, Object.keys(id).sort()));
      return structuredClone(pick(figures, element));
    },
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (document.querySelector("script[data-figures]")) {
      drawFile();
    }
  });
  document.addEventListener("monitor:theme", redraw);

  /* The one button over a chart is for a mouse: a chart is read as one sentence, and the table
     and the file below it are there for the keyboard. */
  document.addEventListener("mouseover", function (event) {
    var plot = event.target.closest && event.target.closest(".js-plotly-plot");
    (plot ? plot.querySelectorAll(".modebar-btn:not([tabindex])") : []).forEach(function (button) {
      button.tabIndex = -1;
    });
  });

  var shape = "";
  function shapes() {
    return Array.from(document.querySelectorAll(".chart__canvas")).map(function (canvas) {
      return isNarrow(canvas);
    }).join();
  }
  window.addEventListener("resize", function () {
    window.requestAnimationFrame(function () {
      if (shapes() !== shape) {
        shape = shapes();
        redraw();
      }
    });
  });
  // A chart that is unfolded gets the width it then has; this event does not bubble.
  document.addEventListener(
    "toggle",
    function (event) {
      if (event.target.open && event.target.querySelector(".chart__canvas")) {
        window.dispatchEvent(new Event("resize"));
      }
    },
    true
  );
})();
