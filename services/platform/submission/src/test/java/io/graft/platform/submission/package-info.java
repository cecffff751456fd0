@NullMarked
package io.graft.platform.submission;

import org.jspecify.annotations.NullMarked;
