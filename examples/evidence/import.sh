zhijian collect import pages/zwt-shop.html --url https://sj.qq.com/appdetail/cn.example.jia.zwt --taken 2026-11-20T09:10 --by 甲市网信办
zhijian collect import pages/bmb-shop.html --url https://sj.qq.com/appdetail/cn.example.jia.bmb --taken 2026-11-20T09:14 --by 甲市网信办
zhijian collect import pages/hzxc-lookup.json --url "https://itunes.apple.com/lookup?bundleId=cn.example.jia.hzxc&country=cn" --taken 2026-11-20T09:20 --by 甲市网信办
zhijian collect import pages/jiaoyu-article.html --url https://mp.weixin.qq.com/s/example-jia-jiaoyu --taken 2026-11-20T09:25 --by 甲市网信办
zhijian collect import pages/shuiwu.html --url https://www.jia.example/shuiwu --taken 2026-11-20T09:31 --by 甲市网信办
zhijian collect import pages/wenlv-article.html --url https://mp.weixin.qq.com/s/example-jia-wenlv --taken 2026-11-20T09:36 --by 甲市网信办
