package io.graft.platform.datasets.format;

import dev.hardwood.InputFile;
import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.thrift.OffsetIndexReader;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PageLocation;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.Map;

/**
 * Walks over the page headers of a Parquet file before a value is decoded. The library and the native code of snappy below
 * it trust the sizes in these headers: a page that says it is smaller than it unpacks to would be written beyond its
 * buffer, and one that reaches beyond its column would be read for ever.
 */
final class ParquetPages {
    private static final int USUAL_HEADER = 1 << 12;
    private static final int LONGEST_HEADER = 1 << 20;
    private static final int LONGEST_VARINT = 5;

    private final InputFile file;
    private final long most;

    /** @param most bytes that the pages of one column of a row group may unpack to */
    ParquetPages(InputFile file, long most) {
        this.file = file;
        this.most = most;
    }

    /** @throws IOException if a size in a header cannot be right */
    void check(ColumnChunk chunk) throws IOException {
        ColumnMetaData column = chunk.metaData();
        long end = Math.addExact(chunk.chunkStartOffset(), column.totalCompressedSize());
        if (chunk.chunkStartOffset() < 0 || end > file.length()) {
            throw new EOFException("a column reaches beyond the end of the file");
        }
        Map<Long, Integer> pages = new HashMap<>();
        long unpacked = 0;
        long position = chunk.chunkStartOffset();
        while (position < end) {
            ThriftCompactReader[] at = new ThriftCompactReader[1];
            PageHeader header = header(position, end, at);
            long data = position + at[0].getBytesRead();
            unpacked += header.uncompressedPageSize();
            if (data + header.compressedPageSize() > end || unpacked > most) {
                throw new IOException("a page is larger than its column");
            }
            checkPacked(header, column.codec(), data);
            pages.put(position, Math.toIntExact(data + header.compressedPageSize() - position));
            position = data + header.compressedPageSize();
        }
        checkIndex(chunk, pages);
    }

    private PageHeader header(long position, long end, ThriftCompactReader[] at) throws IOException {
        for (int length = USUAL_HEADER; ; length = LONGEST_HEADER) {
            int there = (int) Math.min(length, end - position);
            try {
                at[0] = new ThriftCompactReader(file.readRange(position, there));
                return PageHeaderReader.read(at[0]);
            } catch (EOFException | BufferUnderflowException cut) {
                if (there < length || length == LONGEST_HEADER) {
                    throw new IOException("a page header is cut short", cut);
                }
            }
        }
    }

    private void checkPacked(PageHeader header, CompressionCodec codec, long data) throws IOException {
        int levels = 0;
        boolean packed = codec == CompressionCodec.SNAPPY;
        if (header.dataPageHeaderV2() != null) {
            var second = header.dataPageHeaderV2();
            levels = Math.addExact(second.definitionLevelsByteLength(), second.repetitionLevelsByteLength());
            packed &= second.isCompressed();
        }
        int body = header.compressedPageSize() - levels;
        int expected = header.uncompressedPageSize() - levels;
        if (levels < 0 || body < 0 || expected < 0) {
            throw new IOException("a page is smaller than its levels");
        }
        if (packed && body > 0) {
            var start = file.readRange(data + levels, Math.min(LONGEST_VARINT, body));
            if (new ThriftCompactReader(start).readVarint() != expected) {
                throw new IOException("a page unpacks to another size than its header says");
            }
        }
    }

    /** An index of pages may only name pages that were checked. */
    private void checkIndex(ColumnChunk chunk, Map<Long, Integer> pages) throws IOException {
        Long offset = chunk.offsetIndexOffset();
        Integer length = chunk.offsetIndexLength();
        if (offset == null || length == null) {
            return;
        }
        for (PageLocation page : OffsetIndexReader.read(new ThriftCompactReader(file.readRange(offset, length)))
                .pageLocations()) {
            Integer known = pages.get(page.offset());
            if (known == null || known != page.compressedPageSize()) {
                throw new IOException("the index of pages names none at byte " + page.offset());
            }
        }
    }
}
