/** Moving the files of versions to and from the artifact store, digests verified on both ways. */
@NullMarked
package io.graft.cli.file;

import org.jspecify.annotations.NullMarked;
