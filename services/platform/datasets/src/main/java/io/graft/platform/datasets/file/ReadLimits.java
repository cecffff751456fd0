package io.graft.platform.datasets.file;

/**
 * How much a stranger's file may cost. What is beyond is refused with the limit in the message.
 *
 * @param rowBytes longest line and longest CSV field
 * @param documentBytes longest text file that is read as one document
 * @param pictureSide greatest width and height of a picture
 * @param picturePixels greatest area of a picture
 * @param rowGroupBytes greatest row group of a Parquet file, unpacked; it is held in memory
 * @param unpackedRatio greatest ratio of unpacked to packed bytes of a gzip file, once 64 MiB are out
 * @param labels distinct values of a column up to which they are listed in its schema
 */
public record ReadLimits(
        int rowBytes,
        int documentBytes,
        int pictureSide,
        long picturePixels,
        long rowGroupBytes,
        int unpackedRatio,
        int labels) {
    /** 16 MiB a row, 256 MiB a document, pictures up to 8,192 a side and 32 megapixels, row groups up to 1 GiB, 200:1, 1,000 labels. */
    public static final ReadLimits STANDARD = new ReadLimits(1 << 24, 1 << 28, 8_192, 1L << 25, 1L << 30, 200, 1_000);
}
