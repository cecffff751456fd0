/** What every service does with a submission before a job exists: names, versions, data, methods, estimates. Plain Java. */
@NullMarked
package io.graft.platform.submission;

import org.jspecify.annotations.NullMarked;
