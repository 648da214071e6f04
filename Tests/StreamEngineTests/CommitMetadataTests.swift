import StreamEngine
import Testing

@Suite struct `Commit metadata` {
    @Test func `is short ASCII JSON`() {
        let metadata = CommitMetadata(replayFrom: 120, changelogEnd: 77, ruleSet: "0123abcd")
        #expect(metadata.encoded == #"{"f":1,"r":120,"c":77,"h":"0123abcd"}"#)
        #expect(CommitMetadata(parsing: metadata.encoded) == metadata)
        #expect(CommitMetadata(parsing: metadata.encoded + "\0") == metadata)
    }

    @Test(arguments: [
        "", "{}", "null", #"{"r":1,"c":1,"h":""}"#, #"{"f":1,"r":-1,"c":1,"h":""}"#, #"{"f":1,"r":1,"c":-1,"h":""}"#,
        #"{"f":1,"r":1,"h":""}"#, #"{"f":1,"r":1,"c":1}"#, #"{"f":1,"r":1,"r":1,"c":1,"h":""}"#,
        #"{"f":1,"r":1,"c":1,"h":""}{}"#,
        #"{"f":2,"r":1,"c":1,"h":""}"#, #"{"f":1,"r":99999999999999999999,"c":1,"h":""}"#, "{\"f\":1",
    ])
    func `refuses what it did not write`(text: String) {
        #expect(CommitMetadata(parsing: text) == nil)
    }
}
