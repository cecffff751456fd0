/** What jobs that train or measure have in common: data, loops, methods, and what they need. */
@NullMarked
package io.graft.platform.submission.training;

import org.jspecify.annotations.NullMarked;
