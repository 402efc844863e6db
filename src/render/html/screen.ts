/** What is seen on a screen only, beside the page and in it; on paper none of it is left. */
export const SCREEN = `@media screen {
  .figure[data-basis], mark[data-basis] { cursor: pointer; text-decoration: underline; text-decoration-color: #06c; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
  .figure[data-basis]:hover, .figure[aria-expanded="true"] { background: #e2efff; }
  .typed { text-decoration: underline dotted #999; text-underline-offset: 0.2em; }
  :focus-visible { outline: 2px solid #06c; outline-offset: 2px; }
  .typed:focus, mark:focus { outline: 2px solid #06c; outline-offset: 2px; }
  nav, .panel { font: 15px/1.6 system-ui, "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; letter-spacing: 0; text-align: left; color: #222; background: #fff; }
  nav p, nav h2, .panel p { font: inherit; text-indent: 0; margin: 0 0 0.5em; }
  nav { padding: 0.75em 1em; margin: 0 auto 1em; max-width: 794px; }
  nav summary { font-weight: bold; cursor: pointer; }
  nav p { color: #666; font-size: 13px; }
  nav h2 { font-weight: bold; margin: 0.75em 0 0.25em; }
  nav ol { margin: 0; padding-left: 1.75em; }
  nav a { color: #06c; text-decoration: none; }
  nav a:hover { text-decoration: underline; }
  .panel { position: fixed; left: 0; top: 0; bottom: 0; width: 390px; max-width: 100%; overflow-y: auto; padding: 1em 1.25em; border-right: 1px solid #bbb; box-shadow: 0 0 1em rgb(0 0 0 / 0.15); }
  .panel:focus { outline: none; }
  .panel[hidden], .basis[hidden] { display: none; }
  #close { float: right; font: inherit; font-size: 13px; padding: 0.1em 0.75em; color: inherit; background: #f4f4f4; border: 1px solid #bbb; border-radius: 3px; cursor: pointer; }
  .panel .name { font-size: 17px; font-weight: bold; margin-right: 6.5em; }
  .panel small { display: block; font-size: 13px; font-weight: normal; color: #666; }
  .panel dl { margin: 0; display: grid; grid-template-columns: 4em 1fr; }
  .panel dt { grid-column: 1; color: #666; }
  .panel dd { grid-column: 2; margin: 0; }
  .panel details { margin: 0.25em 0; padding-left: 0.75em; border-left: 2px solid #ddd; }
  .panel summary { cursor: pointer; }
  .panel .made { margin: 0.75em 0 0; }
}
@media screen and (min-width: 1181px) {
  /* The panel stands where the list is: it hides nothing of the page, and the page does not move. */
  body { padding-left: 390px; }
  nav { position: fixed; left: 0; top: 0; bottom: 0; width: 390px; overflow-y: auto; margin: 0; border-right: 1px solid #bbb; }
}
@media screen and (max-width: 1180px) {
  .panel { top: auto; right: 0; width: auto; max-height: 60vh; border-right: 0; border-top: 1px solid #bbb; }
}
@media print { nav, .panel { display: none; } }`;
