package coppice.cli.inspect;

/// A manifest, by `docs/format/manifest.md`.
final class ManifestView {
    static final String MAGIC = "COPPICE\0";

    private ManifestView() {}

    static void show(Sheet sheet, byte[] bytes) {
        Fields fields = new Fields("MANIFEST", bytes);
        fields.ascii("magic", 8);
        fields.u32("version");
        fields.u32("length of the file");
        fields.uuid("database id");
        fields.i64("generation");
        fields.i64("checkpoint: replay from");
        fields.i64("end of the journal, -1: not closed");
        fields.hash("root of the tree of refs");
        fields.u32("compression: 0 none, 100 adaptive");
        fields.i64("smallest unused pack id");
        long packs = fields.u32("number of packs");
        for (long i = 0; i < packs; i++) {
            fields.i64("pack");
            fields.i64("  bytes that count");
            fields.i64("  raw bytes of its chunks");
            fields.u32("  chunks");
            fields.u8("  sealed");
            fields.u8("  generation");
            fields.u8("  holds dead chunks");
            fields.zeros(1);
        }
        fields.crcFrom("checksum", 0);
        fields.show(sheet);
    }
}
