@NullMarked
package io.graft.cli.method;

import org.jspecify.annotations.NullMarked;
