import ArgumentParser
import Foundation

@main
struct Claimwatch: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "claimwatch",
            abstract: said(
                "在直播带货里找夸大宣传和禁售商品，主播还在说就报。",
                "Finds exaggerated claims and banned goods in livestream selling while the host is still talking."),
            discussion: helpText(
                """
                口播和商品事件从 Kafka 来（scan 从文件读），告警带着原话和法条出去。

                先试：claimwatch demo 看它怎么跑；claimwatch explain 看规则怎么看一句话，或一条告警为什么报；check、test 给写规则的人；\
                run 是线上的服务。看告警的人从 docs/rules/zh/officer.md 开始。

                退出码：0 完成；1 规则包里有例句不通过；64 用法不对；65 数据有问题；69 连不上服务；70 内部错误；74 写不出去；78 配置有问题。
                """,
                """
                Transcript segments and listing events come from Kafka (or files, with `scan`), alerts with evidence and \
                law go out.

                First steps: `claimwatch demo` shows it at work; `claimwatch explain` tells what the rules make of a \
                sentence, or why an alert was raised; `claimwatch check` and `test` are for those who write rules; \
                `claimwatch run` is the service. Whoever reads alerts begins with docs/rules/en/officer.md.

                EXIT STATUS: 0 done; 1 an example in a rule pack failed; 64 wrong usage; 65 bad data; 69 a service is not \
                available; 70 internal error; 74 the output could not be written; 78 bad configuration.
                """),
            version: "0.1.0",
            subcommands: [
                Demo.self, Run.self, Topics.self, Scan.self, Check.self, Test.self, Explain.self, Evaluate.self,
                BacktestCommand.self, Learn.self, RulesCommand.self, Bench.self,
                Schema.self, Guide.self, GenerateEvents.self,
            ])
    }

    /// As the parser's own, and tells when the last of the output could not be written.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            guard fflush(nil) == 0 else { throw outputFailure(PosixError(code: errno)) }
        } catch {
            ParserText.exit(error)
        }
    }
}
