@NullMarked
package io.graft.evaluation.api;

import org.jspecify.annotations.NullMarked;
