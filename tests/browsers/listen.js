// The first script of each page that WebKit opens: its driver does not hand on what the console shows.
"use strict";
const faults = (top.faults ??= []);
const shown = console.error;
console.error = (...what) => {
    faults.push(`console: ${what.join(" ")}`);
    shown(...what);
};
addEventListener("error", ({ message, target }) => faults.push(message ?? `not loaded: ${target.src ?? target.href}`), true);
addEventListener("unhandledrejection", ({ reason }) => faults.push(`rejected: ${reason}`));
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    faults.push(`policy: ${effectiveDirective} stopped ${blockedURI.slice(0, 80)}`),
);
