/* Draws a page from HTML text and puts charts and filters in their places.
   The text was written and escaped by the server (dashboard/markup/html.py). */
(function () {
  "use strict";

  function PagePart(props) {
    var React = window.React;
    var place = React.useRef(null);
    var state = React.useState({ html: null, slots: [] });
    var known = state[0];

    React.useLayoutEffect(
      function () {
        var slots = Array.from(place.current.querySelectorAll("[data-slot]"));
        state[1]({ html: props.html, slots: slots });
      },
      [props.html]
    );

    var parts = React.Children.toArray(props.children);
    // Places of an earlier text are gone from the page; nothing is drawn in them any more.
    var slots = known.html === props.html ? known.slots : [];
    return React.createElement(
      React.Fragment,
      null,
      React.createElement("div", {
        id: props.id,
        ref: place,
        dangerouslySetInnerHTML: { __html: props.html },
      }),
      slots.map(function (slot) {
        var part = parts[Number(slot.dataset.slot)];
        return part ? window.ReactDOM.createPortal(part, slot, slot.dataset.slot) : null;
      })
    );
  }

  window.monitor_components = { PagePart: PagePart };
})();
