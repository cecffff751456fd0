/** Results as a page for people: one HTML file with its pictures inside, which loads nothing and runs no script. */
@NullMarked
package io.graft.engine.metrics.report;

import org.jspecify.annotations.NullMarked;
