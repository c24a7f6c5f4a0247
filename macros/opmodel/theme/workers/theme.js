/*
 * Stands in the place of the theme's worker, at an address that browsers may keep for a year, as the theme's own name for
 * its content is part of it. So this says only where the search is, which browsers ask for anew.
 */
"use strict";

importScripts("../../opmodel/search.js");
