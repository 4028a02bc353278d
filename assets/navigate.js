/* Keeps the page in step with the address: links, forms and filters write the address, the app
   draws what it says, and focus, title and scroll follow as after a normal page load. */
(function () {
  "use strict";

  var ORDER = [
    "q", "topic", "indicator", "sector", "years", "insurer", "region", "provider", "base",
    "category", "document", "status", "kind", "release", "data", "as_of", "order", "view", "page",
  ];
  var arrivedAt = null; // Address of the page that is drawn.
  var leaving = null; // Why the next page comes: "page", "choice" or "back".
  var scrollTo = 0;
  var touched = {}; // Filters that were changed since the page was drawn.
  var focused = null; // The control that had the focus: its id, or its place among its like.
  var opened = []; // What stood open: ids of panels, and of charts with the part of it that was.

  if ("scrollRestoration" in history) {
    history.scrollRestoration = "manual";
  }

  function here() {
    return location.pathname + location.search;
  }

  function languageOf(path) {
    return path.split("/")[1];
  }

  function go(address) {
    var target = new URL(address, location.href);
    if (target.pathname + target.search === here()) {
      if (target.hash) {
        location.hash = target.hash;
      }
      return;
    }
    leaving = target.pathname === location.pathname ? "choice" : "page";
    remember();
    history.pushState({}, "", target.pathname + target.search + target.hash);
    // Dash's Location listens to this event.
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  function remember() {
    history.replaceState(Object.assign({}, history.state, { scroll: window.scrollY }), "");
    focused = whereabouts(document.activeElement);
    opened = Array.from(document.querySelectorAll("#content [data-open]"))
      .map(function (panel) {
        return panel.id;
      })
      .concat(
        Array.from(
          document.querySelectorAll("#content :is(.chart__table, .chart__fold)[open]")
        ).map(function (part) {
          return part.closest("[id]").id + " " + part.className;
        })
      );
  }

  /* A link has no id of its own; it is known by its kind and place in the part it stands in. */
  function whereabouts(element) {
    if (!element || element === document.body) {
      return null;
    }
    if (element.id) {
      return { id: element.id };
    }
    var part = element.closest("section[id], article[id], main");
    if (!part) {
      return null;
    }
    var kind = element.tagName + (element.classList[0] ? "." + element.classList[0] : "");
    var like = Array.from(part.querySelectorAll(kind));
    return { part: part.id, kind: kind, at: like.indexOf(element) };
  }

  function found(whereabouts) {
    if (!whereabouts) {
      return null;
    }
    if (whereabouts.id) {
      return document.getElementById(whereabouts.id);
    }
    var part = document.getElementById(whereabouts.part);
    var like = part ? part.querySelectorAll(whereabouts.kind) : [];
    return like.length ? like[Math.min(whereabouts.at, like.length - 1)] : null;
  }

  /* Writes the choices in their one order; what is not chosen is left out. */
  function query(parameters) {
    return ORDER.filter(function (name) {
      return parameters.get(name);
    })
      .map(function (name) {
        return name + "=" + encodeURIComponent(parameters.get(name)).replace(/%2C/g, ",");
      })
      .join("&");
  }

  function withQuery(path, parameters) {
    var written = query(parameters);
    return written ? path + "?" + written : path;
  }

  /* Links and forms ------------------------------------------------------------------ */

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-internal]");
    if (
      !link || event.defaultPrevented || event.button !== 0 || link.target ||
      event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    ) {
      return;
    }
    var target = new URL(link.href);
    if (
      !running() || target.origin !== location.origin ||
      languageOf(target.pathname) !== languageOf(location.pathname)
    ) {
      return; // A full page load is right here.
    }
    event.preventDefault();
    go(target.pathname + target.search + target.hash);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form[data-internal]");
    if (!form || !running()) {
      return;
    }
    event.preventDefault();
    var parameters = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (String(value).trim()) {
        parameters.set(name, String(value).trim());
      }
    });
    go(withQuery(new URL(form.action).pathname, parameters));
  });

  /* Filters -------------------------------------------------------------------------- */

  function words(value) {
    return (Array.isArray(value) ? value : value ? [value] : []).slice().sort();
  }

  function years(parameters, from, to, bounds) {
    if (!from && !to) {
      parameters.delete("years");
      return;
    }
    var first = Number(from || bounds[0]);
    var last = Number(to || bounds[1]);
    parameters.set("years", Math.min(first, last) + "-" + Math.max(first, last));
  }

  function boundsOf(options) {
    var numbers = (options || []).map(function (option) {
      return Number(option.value);
    });
    return [Math.min.apply(null, numbers), Math.max.apply(null, numbers)];
  }

  function choose(values, ids, options, drawn) {
    var parameters = new URLSearchParams(location.search);
    var before = query(parameters);
    var chosen = {};
    var changed = false;
    ids.forEach(function (id, n) {
      chosen[id.name] = words(values[n]);
      var was = drawn[n] ? words(drawn[n].value) : [];
      if (chosen[id.name].join() !== was.join()) {
        touched[id.name] = true;
      }
      if (!touched[id.name]) {
        return;
      }
      changed = true;
      if (id.name === "years_from" || id.name === "years_to") {
        return;
      }
      if (chosen[id.name].length) {
        parameters.set(id.name, chosen[id.name].join(","));
      } else {
        parameters.delete(id.name);
      }
    });
    if (touched.years_from || touched.years_to) {
      var at = ids.findIndex(function (id) {
        return id.name === "years_from";
      });
      years(
        parameters, (chosen.years_from || [])[0], (chosen.years_to || [])[0], boundsOf(options[at])
      );
    }
    if (changed && query(parameters) !== before) {
      parameters.delete("page");
      go(withQuery(location.pathname, parameters));
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.monitor = Object.assign({}, window.dash_clientside.monitor, {
    choose: choose,
  });

  /* Arriving ------------------------------------------------------------------------- */

  function running() {
    return arrivedAt !== null;
  }

  function page() {
    return document.querySelector("#content .page");
  }

  function arrive() {
    var drawn = page();
    if (!drawn || drawn.dataset.address !== here() || arrivedAt === here()) {
      return;
    }
    var first = arrivedAt === null;
    arrivedAt = here();
    touched = {};
    document.title = drawn.dataset.title;
    window.monitorTheme.show();
    foldTopics(drawn);
    if (first) {
      takeOver();
      return;
    }
    place(drawn);
    leaving = null;
  }

  /* Puts focus and scroll where a reader expects them. */
  function place(drawn) {
    var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    var title = drawn.querySelector("h1");
    unfold();
    if (leaving === "choice") {
      keepOpen();
      keepFocus();
      announce(title.textContent);
    } else if (target) {
      target.scrollIntoView();
      focus(target);
    } else {
      focus(title || drawn);
      window.scrollTo(0, leaving === "back" ? scrollTo : 0);
    }
  }

  /* Who follows a link to a folded chart comes to see it. */
  function unfold() {
    var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    var fold = target && target.querySelector(":scope > .chart__fold");
    if (fold) {
      fold.open = true;
    }
  }

  window.addEventListener("hashchange", unfold);

  function focus(element) {
    if (!element.hasAttribute("tabindex")) {
      element.setAttribute("tabindex", "-1");
    }
    element.focus({ preventScroll: true });
  }

  function keepFocus() {
    var same = found(focused);
    if (same && document.activeElement !== same) {
      same.focus({ preventScroll: true });
    } else if (focused && !same) {
      // The last chip was taken away: the reader goes on from the title.
      focus(document.querySelector("#content h1"));
    }
  }

  function keepOpen() {
    opened.forEach(function (id) {
      var opener = document.querySelector('[data-toggle="' + id + '"]');
      if (opener) {
        toggle(opener, id !== "site-menu");
        return;
      }
      var place = id.split(" ");
      var part = document.getElementById(place[0]);
      var folded = part && place[1] && part.querySelector("." + place[1]);
      if (folded) {
        folded.open = true;
      }
    });
  }

  function toggle(opener, open) {
    opener.setAttribute("aria-expanded", String(open));
    document.getElementById(opener.dataset.toggle).toggleAttribute("data-open", open);
  }

  function announce(text) {
    document.getElementById("announcement").textContent = text;
  }

  /* The app's page takes the place of the one the server sent, once its charts are drawn. */
  function takeOver() {
    var draft = document.getElementById("prerendered");
    var until = Date.now() + 5000;
    function swap() {
      var waiting = Array.from(document.querySelectorAll("#content .chart__graph")).some(
        function (graph) {
          var plot = graph.querySelector(".js-plotly-plot");
          return !plot || !plot.data || plot.data.length === 0;
        }
      );
      if (waiting && Date.now() < until) {
        window.requestAnimationFrame(swap);
        return;
      }
      if (draft) {
        var held = draft.contains(document.activeElement) ? document.activeElement.id : null;
        draft.remove();
        document.documentElement.classList.add("app-drawn");
        if (held && document.getElementById(held)) {
          document.getElementById(held).focus({ preventScroll: true });
        }
      }
      var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
      unfold();
      if (target) {
        target.scrollIntoView();
      } else if (history.state && history.state.scroll) {
        window.scrollTo(0, history.state.scroll);
      }
    }
    swap();
  }

  window.addEventListener("popstate", function (event) {
    if (event.isTrusted) {
      leaving = "back";
      scrollTo = (event.state && event.state.scroll) || 0;
    }
  });
  window.addEventListener("pagehide", remember);

  /* Small things --------------------------------------------------------------------- */

  /* On a narrow screen the map of what is measured starts with one topic open. */
  function foldTopics(root) {
    if (!window.matchMedia("(max-width: 47.99em)").matches) {
      return;
    }
    root.querySelectorAll("details[data-accordion]").forEach(function (details, n) {
      details.open = n === 0;
    });
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-toggle]");
    if (opener) {
      toggle(opener, opener.getAttribute("aria-expanded") !== "true");
    }
    var copier = event.target.closest("[data-copy]");
    if (copier) {
      copy(copier);
    }
  });

  /* Without https, or without leave, a page may not copy: the text is then selected and the
     reader hears that. */
  function copy(button) {
    var source = document.getElementById(button.dataset.copy);
    function say(text) {
      var status = button.parentElement.querySelector("[role=status]");
      status.textContent = text;
      status.classList.remove("visually-hidden");
    }
    function select() {
      window.getSelection().selectAllChildren(source);
      say(button.dataset.selected);
    }
    if (!navigator.clipboard) {
      select();
      return;
    }
    navigator.clipboard.writeText(source.textContent).then(function () {
      say(button.dataset.copied);
    }, select);
  }

  /* Mantine marks an open list for style sheets only; this says the same to screen readers. */
  function expand(changes) {
    changes.forEach(function (change) {
      if (change.attributeName === "data-expanded") {
        var open = change.target.hasAttribute("data-expanded");
        change.target.setAttribute("aria-expanded", String(open));
      }
    });
    document.querySelectorAll("#content [role=combobox]:not([aria-expanded])").forEach(
      function (box) {
        box.setAttribute("aria-expanded", "false");
      }
    );
    arrive();
  }

  if (document.getElementById("react-entry-point")) {
    new MutationObserver(expand).observe(document.getElementById("react-entry-point"), {
      subtree: true, childList: true, attributes: true,
      attributeFilter: ["data-address", "data-expanded"],
    });
  } else {
    document.addEventListener("DOMContentLoaded", function () {
      foldTopics(document);
    });
  }
})();
