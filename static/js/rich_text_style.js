// The editor writes a style of its own into the page: let it carry the page's nonce, or the policy stops it.
import { Editor } from "django-prose-editor/editor";

const { nonce } = document.querySelector("script[nonce]");
const inject = Editor.prototype.injectCSS;

Editor.prototype.injectCSS = function () {
  this.options.injectNonce = nonce;
  return inject.call(this);
};
