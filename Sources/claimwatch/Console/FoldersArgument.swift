import ArgumentParser

/// The folders that a command works on, as its arguments.
struct FoldersArgument: ParsableArguments {
    @Argument(help: ArgumentHelp(optionHelp("规则包所在的文件夹。", "Folders with rule packs.")), completion: .directory)
    var folders: [String]

    func validate() throws {
        guard !folders.isEmpty else {
            throw ValidationError(said("要给规则包的文件夹", "give a folder with rule packs"))
        }
    }
}
