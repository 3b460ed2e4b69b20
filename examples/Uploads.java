import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.structure.BlobInfo;
import coppice.api.structure.BlobOptions;
import coppice.api.structure.Blobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;

/// Files that users upload: streamed in and out, described and searched, with earlier versions that cost what
/// differs.
///
/// Run it with the engine on the class path: `java -cp ... examples/Uploads.java DIRECTORY`. `DIRECTORY` is made.
public final class Uploads {
    public static void main(String[] arguments) throws IOException {
        try (Database db = Coppice.open(arguments[0])) {
            Blobs uploads = db.blobs("uploads");
            byte[] film = new byte[12_000_000];
            new SplittableRandom(1).nextBytes(film);
            BlobInfo first = uploads.put(
                    "film.mp4", new ByteArrayInputStream(film), BlobOptions.ofType("video/mp4").with("by", "ann"));
            uploads.put("notes.txt", "cut the end".getBytes(), BlobOptions.ofType("text/plain").with("by", "bob"));
            db.commit("Two uploads");
            System.out.println(first.name() + ": " + first.size() + " bytes");

            long before = db.stats().chunks().bytes();
            film[6_000_000]++;
            uploads.put("film.mp4", new ByteArrayInputStream(film), BlobOptions.ofType("video/mp4").with("by", "ann"));
            db.commit("Another cut");
            System.out.println("another cut costs little: " + (db.stats().chunks().bytes() - before < 600_000));

            try (InputStream range = uploads.open("film.mp4", 6_000_000, 4)) {
                System.out.println("a range: " + range.readAllBytes().length + " bytes");
            }
            try (InputStream old = db.at("HEAD~1").blobs("uploads").open("film.mp4", 6_000_000, 1)) {
                System.out.println("the first cut: " + (byte) old.read() + ", now: " + film[6_000_000]);
            }
            System.out.println("films of ann: "
                    + db.query("uploads").where("type = 'video/mp4' AND fields.by = 'ann'").count());
            System.out.println("as it was put: " + uploads.verify("film.mp4"));
            uploads.remove("notes.txt");
            System.out.println("left: " + uploads.count() + ", before: " + db.at("HEAD").blobs("uploads").count());
        }
    }
}
