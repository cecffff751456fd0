/** Times of schedules; the one place that knows the library for cron. */
@NullMarked
package io.graft.pipelines.schedule;

import org.jspecify.annotations.NullMarked;
