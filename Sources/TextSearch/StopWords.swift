/// German and English words of four bytes or more that say nothing of what a text is about.
///
/// After the lists of Snowball, with what citizens' texts are full of whatever they are about.
enum StopWords {
    /// Whether a lower-case word is one.
    static func contains(_ word: [UInt8]) -> Bool { all.contains(word) }

    private static let all = Set(list.utf8.split { $0 == 0x20 || $0 == 0x0A }.map { Array($0) })

    private static let list = """
        aber about above after again alle allem allen aller alles also andere anderem anderen anderer anderes
        anders auch aufgrund außer außerdem bald been before beide beiden beim being below bereits besonders
        besser between bevor bietet bisher bitte bleiben bleibt both brauchen braucht cannot could dabei dadurch
        dafür dagegen daher dahin damit danach daneben dann daran darauf daraus darf darin darum darunter darüber
        dass davon davor dazu dein deine deinem deinen deiner demnach denen denn dennoch deren derzeit deshalb
        dessen deswegen dich dies diese diesem diesen dieser dieses doch does doing dort down drei durch during
        dürfen dürfte each eben ebenfalls ebenso eher eigentlich eine einem einen einer eines einfach einige
        einigen einiger einiges einmal endlich entlang entweder erst etwa etwas euch euer eure falls fast fehlen
        fehlt finde finden findet from further ganz ganze ganzen geben gegen gehen geht genau genug gerade gern
        gerne gewesen gibt ging gleich große großen großer großes gute guten guter gutes habe haben hallo hast
        hatte hatten have having here heute hier hierfür hinter hätte hätten ihnen ihre ihrem ihren ihrer immer
        insbesondere insgesamt into irgendwie jede jedem jeden jeder jedes jedoch jemand jene jetzt just kann kaum
        kein keine keinem keinen keiner kommen kommt können könnte könnten lassen leider liegt lässt machen macht
        manche manchmal mehr mein meine meinem meinen meiner meist meistens mich mindestens more most muss musste
        möchte möchten mögen möglich möglichst müsse müssen müsste müssten nach nachdem nahe neben nein nicht
        nichts noch oben oder ohne only other ought ours over same schon sehr seid sein seine seinem seinen seiner
        seit seitdem should sich sicher sicherlich sieht sind sogar solch solche solchem solchen solcher soll
        sollen sollte sollten some somit sondern sonst soweit sowie sowohl stark statt stehen steht such than that
        their them then there these they this those through under unser unsere unserem unseren unserer unten unter
        until very viel viele vielen vieler vielleicht vorher vorne völlig wann waren warum weder wegen weil
        weiter weitere weiteren weiterhin welche welchem welchen welcher welches wenig wenige weniger wenn werde
        werden were weshalb what when where which while whom wieder will wird wirklich with wollen wollte would
        wurde wurden während wäre wären wünsche würde würden your zudem zumindest zurück zusammen zwar zwei
        zwischen öfter über überall überhaupt
        """
}
