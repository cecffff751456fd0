/** What a command can end with besides its result: exit codes and problems as people and programs read them. */
@NullMarked
package io.graft.cli.failure;

import org.jspecify.annotations.NullMarked;
