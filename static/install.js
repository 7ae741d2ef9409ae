// Shows the button for the home screen where the browser offers one.
(function () {
  "use strict";
  const button = document.querySelector("[data-install]");
  addEventListener("beforeinstallprompt", function (offer) {
    offer.preventDefault();
    button.hidden = false;
    button.onclick = function () { offer.prompt(); button.hidden = true; };
  });
})();
