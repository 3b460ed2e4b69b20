package coppice.cli.reference;

import coppice.cli.source.Rows;
import coppice.json.Json;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writing systems by ISO 15924, as far as Unicode has characters of them. The JDK knows each code but cannot list
/// them, so the list is ours.
final class Scripts {
    private static final String CODES = """
            Adlm Aghb Ahom Arab Armi Armn Avst Bali Bamu Bass Batk Beng Bhks Bopo Brah Brai Bugi
            Buhd Cakm Cans Cari Cham Cher Chrs Copt Cpmn Cprt Cyrl Deva Diak Dogr Dsrt Dupl Egyp
            Elba Elym Ethi Gara Geor Glag Gong Gonm Goth Gran Grek Gujr Gukh Guru Hang Hani Hano
            Hatr Hebr Hira Hluw Hmng Hmnp Hung Ital Java Kali Kana Kawi Khar Khmr Khoj Kits Knda
            Krai Kthi Lana Laoo Latn Lepc Limb Lina Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc
            Medf Mend Merc Mero Miao Mlym Modi Mong Mroo Mtei Mult Mymr Nagm Nand Narb Nbat Newa
            Nkoo Nshu Ogam Olck Onao Orkh Orya Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx
            Plrd Prti Rjng Rohg Runr Samr Sarb Saur Sgnw Shaw Shrd Sidd Sind Sinh Sogd Sogo Sora
            Soyo Sund Sunu Sylo Syrc Tagb Takr Tale Talu Taml Tang Tavt Telu Tfng Tglg Thaa Thai
            Tibt Tirh Tnsa Todr Toto Tutg Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb Zinh
            Zyyy""";

    private Scripts() {}

    static Rows scripts() {
        Map<Character.UnicodeScript, Integer> sizes = new EnumMap<>(Character.UnicodeScript.class);
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            sizes.merge(Character.UnicodeScript.of(point), 1, Integer::sum);
        }
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (String code : CODES.split("\\s", -1)) {
            Character.UnicodeScript script = Character.UnicodeScript.forName(code);
            Locale written = new Locale.Builder().setScript(code).build();
            rows.put(
                    code,
                    Json.object(
                            "code", code,
                            "unicode", script.name(),
                            "characters", sizes.getOrDefault(script, 0),
                            "names", Names.of(code, written::getDisplayScript)));
        }
        return ReferenceTable.of("scripts", rows);
    }
}
