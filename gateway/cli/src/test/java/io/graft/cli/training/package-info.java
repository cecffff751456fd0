@NullMarked
package io.graft.cli.training;

import org.jspecify.annotations.NullMarked;
