@NullMarked
package io.graft.evaluation.domain;

import org.jspecify.annotations.NullMarked;
