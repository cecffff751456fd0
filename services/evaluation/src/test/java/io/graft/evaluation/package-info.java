@NullMarked
package io.graft.evaluation;

import org.jspecify.annotations.NullMarked;
