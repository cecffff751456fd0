/** Models, their versions and aliases. */
@NullMarked
package io.graft.cli.model;

import org.jspecify.annotations.NullMarked;
